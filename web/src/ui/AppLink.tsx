import { useRouter } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, MouseEvent, ReactElement, Ref } from 'react'
import { appHref, isPlainClick } from './app-path.ts'

export interface AppLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  /** Path inside the application, with query where needed: `/admin/machine-qa.unit?q=linac`. */
  readonly to: string
  readonly ref?: Ref<HTMLAnchorElement>
}

/** A link inside the application: a real `href` for new tabs and copying, followed without a page load. */
export function AppLink({ to, onClick, ...rest }: AppLinkProps): ReactElement {
  const router = useRouter()
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event)
    if (!isPlainClick(event) || rest.target === '_blank') return
    event.preventDefault()
    void router.navigate({ href: to })
  }
  return <a {...rest} href={appHref(to)} onClick={follow} />
}
