export const VISIBILITIES = ['public', 'signed-in', 'named'] as const
/** Who may see a report: everybody, whoever has signed in, or the owner and named people. */
export type Visibility = (typeof VISIBILITIES)[number]
