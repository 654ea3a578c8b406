import { createContext, use } from 'react'

/** What components need to know of the place where the server stands. */
export interface SitePlace {
  readonly name: string
  /** IANA name of the site's time zone. */
  readonly zone: string
}

/** Set once, by the shell. Outside it (sign-in page) the browser's own zone applies. */
export const SiteContext = createContext<SitePlace>({
  name: '',
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
})

/** The zone in which instants are shown and typed. */
export function useSiteZone(): string {
  return use(SiteContext).zone
}
