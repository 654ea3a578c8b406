import { Modal, Switch } from '@mantine/core'
import { type ReactElement, useEffect, useState } from 'react'
import { KeyCaps } from './KeyCaps.tsx'
import classes from './ShortcutOverlay.module.css'
import { onShowShortcuts, type Shortcut, useShortcut, useShortcuts, useSingleKeys } from './shortcuts.ts'

/** The list of everything that can be done by keyboard here; opens with `?`. */
export function ShortcutOverlay(): ReactElement {
  const [isOpen, setOpen] = useState(false)
  const shortcuts = useShortcuts()
  useShortcut('?', 'Show keyboard shortcuts', () => setOpen(true), { group: 'Everywhere' })
  const [areSingleKeysOn, setSingleKeys] = useSingleKeys()
  useEffect(() => onShowShortcuts(() => setOpen(true)), [])
  const groups = Map.groupBy(uniqueByKeys(shortcuts), (shortcut) => shortcut.group)
  return (
    <Modal opened={isOpen} onClose={() => setOpen(false)} title="Keyboard shortcuts" size="lg">
      <div className={classes.groups}>
        {[...groups].map(([group, members]) => (
          <section key={group}>
            <h3 className={classes.heading}>{group}</h3>
            <dl className={classes.list}>
              {members.map((shortcut) => (
                <div key={shortcut.keys} className={classes.row}>
                  <dt>{shortcut.label}</dt>
                  <dd>
                    <KeyCaps keys={shortcut.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch
        mt={24}
        label="Single keys work as shortcuts"
        description="Combinations with Ctrl or ⌘ always do."
        checked={areSingleKeysOn}
        onChange={(event) => setSingleKeys(event.currentTarget.checked)}
      />
    </Modal>
  )
}

function uniqueByKeys(shortcuts: readonly Shortcut[]): readonly Shortcut[] {
  return [...new Map(shortcuts.map((shortcut) => [shortcut.keys, shortcut])).values()]
}
