/** The nine states that the whole application shows, each with a shape, a colour and a word. */
export type StatusToken = 'ok' | 'warn' | 'act' | 'none' | 'todo' | 'late' | 'debt' | 'void' | 'unknown'

/** A state and the word of the subject for it: `act` is “action” in machine QA, “out of specification” in a laboratory. */
export type Status = { readonly token: StatusToken; readonly word: string }
