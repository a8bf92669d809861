/// The one place where state changes: takes a message, changes the state, says what to ask of the world.
package func update(_ state: inout AppState, _ message: Message) -> [Effect] {
  switch message {
  case .resized(let size): state.size = size
  default: break
  }
  return []
}
