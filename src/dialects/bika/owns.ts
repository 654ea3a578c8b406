/** Name of the site in every path. */
export const BIKA_SITE = 'Plone'

const OWNED = /^\/(?:Plone|@@API|API)(?:\/|$)|^\/(?:login_form|logged_out)\/?$/

/** Whether a path belongs to the LIMS's documented API. */
export function ownsBika(path: string): boolean {
  return OWNED.test(path)
}
