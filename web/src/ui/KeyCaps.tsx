import { Kbd } from '@mantine/core'
import { Fragment, type ReactElement } from 'react'
import { isApple } from './shortcuts.ts'

const NAMES: Readonly<Record<string, string>> = {
  mod: isApple ? '⌘' : 'Ctrl',
  alt: isApple ? '⌥' : 'Alt',
  shift: '⇧',
  enter: '⏎',
  escape: 'Esc',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  space: 'Space',
}

/** A combination (`mod+enter`) drawn as keys. Alternatives are parted by spaces: `up down`. */
export function KeyCaps({ keys }: { readonly keys: string }): ReactElement {
  const alternatives = keys.replace(/^hint /, '').split(' ')
  return (
    <span style={{ whiteSpace: 'nowrap', display: 'inline-flex', gap: 4 }}>
      {alternatives.map((combination) => (
        <Fragment key={combination}>
          {combination.split('+').map((key) => (
            <Kbd key={key} size="sm">
              {NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key)}
            </Kbd>
          ))}
        </Fragment>
      ))}
    </span>
  )
}
