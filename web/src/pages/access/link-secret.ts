import { useEffect, useState } from 'react'

/**
 * The secret of a link stands behind `#`, which browsers send to no server. It is taken out of the address at
 * once, so that it stays in no history and on no screen.
 */
export function useLinkSecret(): string {
  const [secret] = useState(() => globalThis.location.hash.slice(1))
  useEffect(() => {
    globalThis.history.replaceState(globalThis.history.state, '', globalThis.location.pathname)
  }, [])
  return secret
}
