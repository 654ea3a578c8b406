import { useSyncExternalStore } from 'react'

export type Density = 'comfortable' | 'compact'

const KEY = 'touchstone.density'
const listeners = new Set<() => void>()
let userKey = KEY

function isDensity(value: string | null): value is Density {
  return value === 'comfortable' || value === 'compact'
}

function apply(density: Density): void {
  document.documentElement.setAttribute('data-density', density)
  for (const listener of listeners) listener()
}

function currentDensity(): Density {
  return document.documentElement.getAttribute('data-density') === 'compact' ? 'compact' : 'comfortable'
}

/** Applies what this person chose on this device before; several people share the computer at a machine. */
export function usePreferencesOf(userId: number | string): void {
  userKey = `${KEY}.${userId}`
  const stored = readStored(userKey)
  if (isDensity(stored) && stored !== currentDensity()) apply(stored)
}

function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null // storage switched off: defaults apply
  }
}

/** The density in force and a function that changes it for this person. */
export function useDensity(): readonly [Density, (density: Density) => void] {
  const density = useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, currentDensity)
  return [density, chooseDensity]
}

function chooseDensity(density: Density): void {
  try {
    localStorage.setItem(KEY, density)
    localStorage.setItem(userKey, density)
  } finally {
    apply(density)
  }
}
