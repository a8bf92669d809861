/// What the server calls itself, and which protocol it speaks.
package enum ServerVersion {
  package static let name = "dulcet"
  package static let number = "0.1.0"
  package static let `protocol` = "1.16.1"
}
