import type { ReactElement } from 'react'
import classes from './quality.module.css'

/** A comment as its author marked it up; the server has left only harmless HTML in it. */
export function Comment({ html }: { readonly html: string }): ReactElement | null {
  if (html === '') return null
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the server sanitises comments before it stores them
  return <div className={classes.comment} dangerouslySetInnerHTML={{ __html: html }} />
}

/** The words of a comment without its markup, for one line. */
export function commentText(html: string): string {
  return new DOMParser().parseFromString(html, 'text/html').body.textContent ?? ''
}
