/// The protocol's error codes; the last three of the forties are OpenSubsonic's.
package enum ErrorCode: Int, Sendable, CaseIterable {
  case generic = 0
  case missingParameter = 10
  case clientTooOld = 20
  case serverTooOld = 30
  case wrongCredentials = 40
  /// Sent for any reason for which a token cannot be checked, not only LDAP.
  case tokenUnsupported = 41
  case mechanismUnsupported = 42
  case conflictingMechanisms = 43
  case invalidAPIKey = 44
  case notAuthorized = 50
  case trialOver = 60
  case notFound = 70
}
