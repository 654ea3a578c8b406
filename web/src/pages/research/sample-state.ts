import type { StatusToken } from '../../theme/tokens.ts'

/** What each state of a sample looks like, and its word. */
export const SAMPLE_STATES: Readonly<Record<string, { readonly token: StatusToken; readonly word: string }>> =
  {
    draft: { token: 'todo', word: 'draft' },
    active: { token: 'ok', word: 'in use' },
    consumed: { token: 'void', word: 'used up' },
    archived: { token: 'none', word: 'archived' },
  }
