const LONGEST_TURN_MS = 10

let turnBegan = 0
let turnIsTimed = false

/**
 * Statements on the main thread finish at once, so a loop of them, though each is awaited, would never let the event
 * loop turn. To be asked before each statement.
 *
 * @returns a promise to await when statements have filled the current turn for 10 ms, otherwise undefined
 */
export function loopTurnDue(): boolean {
  const now = performance.now()
  if (!turnIsTimed) {
    turnIsTimed = true
    turnBegan = now
    setImmediate(() => {
      turnIsTimed = false
    })
    return false
  }
  return now - turnBegan >= LONGEST_TURN_MS
}
