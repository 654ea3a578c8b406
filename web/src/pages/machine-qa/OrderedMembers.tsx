import { ActionIcon, Checkbox } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactElement, useState } from 'react'
import { EmptyNote } from '../../ui/EmptyNote.tsx'
import { useShortcutHint } from '../../ui/shortcuts.ts'
import classes from './OrderedMembers.module.css'
import { type Member, moveMember } from './ordered-members.ts'

/** Members in their order. Alt with an arrow moves the focused one; Delete takes it out. */
export function OrderedMembers({
  label,
  members,
  onChange,
  empty,
}: {
  readonly label: string
  readonly members: readonly Member[]
  readonly onChange: (members: readonly Member[]) => void
  readonly empty: string
}): ReactElement {
  const [said, setSaid] = useState('')
  useShortcutHint('alt+up alt+down', 'Move the row', 'Order')
  useShortcutHint('delete', 'Take the row out', 'Order')
  const focusRow = (index: number): void => {
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-member-index="${index}"]`)?.focus(),
    )
  }
  const move = (index: number, by: number): void => {
    const to = Math.min(members.length - 1, Math.max(0, index + by))
    onChange(moveMember(members, index, by))
    setSaid(`${members[index]?.label ?? ''} is now at place ${to + 1} of ${members.length}`)
    focusRow(to)
  }
  const remove = (index: number): void => {
    onChange(members.filter((_, place) => place !== index))
    focusRow(Math.max(0, index - 1))
  }
  const onKey = (event: KeyboardEvent, index: number): void => {
    if (event.target !== event.currentTarget) return
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (step !== undefined && event.altKey) move(index, step)
    else if (step !== undefined) focusRow(Math.min(members.length - 1, Math.max(0, index + step)))
    else if (event.key === 'Delete') remove(index)
    else return
    event.preventDefault()
  }
  return (
    <>
      <ol className={classes.list} aria-label={label}>
        {members.map((member, index) => (
          <li
            key={member.key}
            className={classes.row}
            data-member-index={index}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: rows are moved by keyboard
            tabIndex={0}
            aria-label={`${index + 1}. ${member.label}`}
            onKeyDown={(event) => onKey(event, index)}
          >
            <span className={classes.place}>{index + 1}</span>
            <span className={classes.label}>
              {member.label}
              {member.kind === 'sublist' ? <span className="ts-dim"> · list</span> : null}
            </span>
            {member.kind === 'sublist' && member.key.startsWith('sublist') ? (
              <Checkbox
                size="sm"
                label="Framed"
                checked={member.outline}
                onChange={(event) => {
                  const outline = event.currentTarget.checked
                  onChange(members.map((other) => (other === member ? { ...other, outline } : other)))
                }}
              />
            ) : null}
            <span className={classes.tools}>
              <ActionIcon
                aria-label={`Move ${member.label} up`}
                disabled={index === 0}
                onClick={() => move(index, -1)}
              >
                <IconArrowUp size={17} stroke={1.7} />
              </ActionIcon>
              <ActionIcon
                aria-label={`Move ${member.label} down`}
                disabled={index === members.length - 1}
                onClick={() => move(index, 1)}
              >
                <IconArrowDown size={17} stroke={1.7} />
              </ActionIcon>
              <ActionIcon aria-label={`Take ${member.label} out`} onClick={() => remove(index)}>
                <IconTrash size={17} stroke={1.7} />
              </ActionIcon>
            </span>
          </li>
        ))}
      </ol>
      {members.length === 0 ? <EmptyNote>{empty}</EmptyNote> : null}
      <p className="ts-hidden" role="status">
        {said}
      </p>
    </>
  )
}
