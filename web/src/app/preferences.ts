import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { preferenceQuery, savePreference } from '../api/preferences.ts'

export type Density = 'comfortable' | 'compact'

/** On the server, so that it follows the person; and on the device, for the first paint. */
const SERVER_KEY = 'ui.density'
const DEVICE_KEY = 'touchstone.density'
const listeners = new Set<() => void>()

function isDensity(value: unknown): value is Density {
  return value === 'comfortable' || value === 'compact'
}

function currentDensity(): Density {
  return document.documentElement.getAttribute('data-density') === 'compact' ? 'compact' : 'comfortable'
}

function apply(density: Density): void {
  document.documentElement.setAttribute('data-density', density)
  try {
    localStorage.setItem(DEVICE_KEY, density)
  } catch {
    // Storage is switched off: the next first paint uses the default.
  }
  for (const listener of listeners) listener()
}

/** Applies what the signed-in person chose, on whatever device; several share the computer at a machine. */
export function useOwnPreferences(): void {
  const chosen = useQuery(preferenceQuery(SERVER_KEY)).data
  useEffect(() => {
    if (isDensity(chosen) && chosen !== currentDensity()) apply(chosen)
  }, [chosen])
}

/** The density in force and a function that changes it for this person. */
export function useDensity(): readonly [Density, (density: Density) => void] {
  const client = useQueryClient()
  const keep = useMutation({ mutationFn: (density: Density) => savePreference(SERVER_KEY, density) })
  const density = useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, currentDensity)
  const choose = (next: Density): void => {
    apply(next)
    client.setQueryData(preferenceQuery(SERVER_KEY).queryKey, next)
    keep.mutate(next)
  }
  return [density, choose]
}
