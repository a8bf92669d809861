// The module's sources come here.
