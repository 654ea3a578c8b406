/** What is counted for each developer and month. */
export type MeteredResource = 'read' | 'generate'

/** Uses a month where an administrator has not decided otherwise. */
export const DEFAULT_QUOTA = 1000
