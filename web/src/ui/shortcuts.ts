import { useEffect, useRef, useSyncExternalStore } from 'react'

/** A combination such as `mod+k`, `?`, `/`, `shift+enter`; `mod` is ⌘ on Apple keyboards and Ctrl elsewhere. */
export interface Shortcut {
  readonly keys: string
  /** A verb with its object, as shown by `?`: `Submit session`. */
  readonly label: string
  /** Heading in the overlay. */
  readonly group: string
}

interface Registered extends Shortcut {
  readonly run: (event: KeyboardEvent) => void
  readonly whileTyping: boolean
}

let registered: readonly Registered[] = []
const listeners = new Set<() => void>()

function change(next: readonly Registered[]): void {
  registered = next
  for (const listener of listeners) listener()
}

export const isApple = /mac|iphone|ipad/i.test(globalThis.navigator?.userAgent ?? '')

/** The combination an event stands for, in the spelling of `Shortcut.keys`. */
export function combination(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key.toLowerCase().replace('arrow', '')
  const hasMod = isApple ? event.metaKey : event.ctrlKey
  // The shift of `?` is part of the character on one keyboard and absent on another.
  const hasShift = event.shiftKey && (event.key.length > 1 || /[a-z]/i.test(event.key))
  return [hasMod ? 'mod+' : '', event.altKey ? 'alt+' : '', hasShift ? 'shift+' : '', key].join('')
}

const SINGLE_KEYS = 'touchstone.single-keys'
let areSingleKeysOn = readSingleKeys()

function readSingleKeys(): boolean {
  try {
    return globalThis.localStorage?.getItem(SINGLE_KEYS) !== 'off'
  } catch {
    return true // storage switched off: the default applies
  }
}

/**
 * Whether single characters act as shortcuts. People who speak to their computer, or whose hands tremble,
 * can switch them off (WCAG 2.2, 2.1.4); keys inside a focused control and combinations with Ctrl stay.
 */
export function useSingleKeys(): readonly [boolean, (on: boolean) => void] {
  const isOn = useSyncExternalStore(subscribe, () => areSingleKeysOn)
  return [isOn, setSingleKeys]
}

function setSingleKeys(on: boolean): void {
  areSingleKeysOn = on
  change([...registered])
  try {
    localStorage.setItem(SINGLE_KEYS, on ? 'on' : 'off')
  } catch {
    // Storage is switched off: the choice holds until the page is left.
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)
}

function hasOpenDialog(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null
}

function dispatch(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return
  const keys = combination(event)
  if (keys.length === 1 && !areSingleKeysOn) return
  const typing = isTyping(event.target)
  // The latest registration wins: a dialog or a row may take over what the page does.
  const match = registered.findLast((one) => one.keys === keys && (!typing || one.whileTyping))
  if (match === undefined || (hasOpenDialog() && match.group !== 'Dialog')) return
  event.preventDefault()
  match.run(event)
}

if (typeof document !== 'undefined') document.addEventListener('keydown', dispatch)

export interface ShortcutOptions {
  readonly group?: string
  /** Whether it also works while the cursor stands in a field. Default: only with `mod`. */
  readonly whileTyping?: boolean
  /** `false` takes it away without breaking the order of hooks. */
  readonly enabled?: boolean
}

/** Registers a shortcut for as long as the component is shown and lists it in the `?` overlay. */
export function useShortcut(
  keys: string,
  label: string,
  run: (event: KeyboardEvent) => void,
  options: ShortcutOptions = {},
): void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  const { group = 'This page', whileTyping = keys.startsWith('mod+'), enabled = true } = options
  useEffect(() => {
    if (!enabled) return
    const one: Registered = { keys, label, group, whileTyping, run: (event) => latest.current(event) }
    change([...registered, one])
    return () => change(registered.filter((other) => other !== one))
  }, [keys, label, group, whileTyping, enabled])
}

/** Lists a key in the overlay that a component handles itself, such as the arrows of a table. */
export function useShortcutHint(keys: string, label: string, group = 'This page'): void {
  useEffect(() => {
    const one: Registered = { keys: `hint ${keys}`, label, group, whileTyping: false, run: () => undefined }
    change([...registered, one])
    return () => change(registered.filter((other) => other !== one))
  }, [keys, label, group])
}

let showOverlay: (() => void) | undefined

/** Where the overlay says how to open it; there is one. */
export function onShowShortcuts(show: () => void): void {
  showOverlay = show
}

/** Opens the list of shortcuts, for a menu. */
export function showShortcuts(): void {
  showOverlay?.()
}

/** Everything that can be pressed now. */
export function useShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(subscribe, () => registered)
}
