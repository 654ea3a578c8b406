import { NativeSelect } from '@mantine/core'
import type { ReactElement } from 'react'
import type { PackChoices, PackItem } from '../../api/test-packs.ts'
import { AppLink } from '../../ui/AppLink.tsx'
import { StatusChip } from '../../ui/StatusChip.tsx'
import classes from './test-packs.module.css'

const KINDS = {
  category: { label: 'Category', path: 'machine-qa.category' },
  test: { label: 'Test', path: 'machine-qa.test' },
  list: { label: 'Test list', path: 'machine-qa.test-list' },
  cycle: { label: 'Cycle', path: 'machine-qa.test-list-cycle' },
} as const

export interface PackItemsProps {
  readonly items: readonly PackItem[]
  readonly conflicts?: PackChoices['conflicts']
  /** absent once it is imported */
  readonly onChoose?: (key: string, choice: 'rename' | 'use-existing') => void
}

/** What a pack brings, and what becomes of each. */
export function PackItems({ items, conflicts = {}, onChoose }: PackItemsProps): ReactElement {
  return (
    <div className={classes.table}>
      <table>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">Name</th>
            <th scope="col">What happens</th>
            <th scope="col">Where the name is taken</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={`${item.kind}:${item.key}`}>
              <td>{KINDS[item.kind].label}</td>
              <td>
                <Name item={item} />
                {item.removed.length === 0 ? null : (
                  <span className={classes.removed}>
                    Left out of its instructions: {item.removed.join(', ')}
                  </span>
                )}
              </td>
              <td>
                <Outcome item={item} isDone={item.id !== null} />
              </td>
              <td>
                <Choice item={item} conflicts={conflicts} onChoose={onChoose} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Name({ item }: { readonly item: PackItem }): ReactElement {
  const id = item.id ?? item.existingId
  if (id === null) return <>{item.newName}</>
  return <AppLink to={`/admin/${KINDS[item.kind].path}/${id}`}>{item.newName}</AppLink>
}

function Outcome({ item, isDone }: { readonly item: PackItem; readonly isDone: boolean }): ReactElement {
  if (item.action === 'match') return <StatusChip token="none">Uses what is there</StatusChip>
  if (item.action === 'rename') {
    return <StatusChip token="warn">{isDone ? 'Made under a new name' : 'Gets a new name'}</StatusChip>
  }
  return <StatusChip token="ok">{isDone ? 'Made' : 'Will be made'}</StatusChip>
}

interface ChoiceProps {
  readonly item: PackItem
  readonly conflicts: PackChoices['conflicts']
  readonly onChoose: PackItemsProps['onChoose']
}

/** Names are taken where something is renamed, or used by choice; categories are always used. */
function Choice({ item, conflicts, onChoose }: ChoiceProps): ReactElement | null {
  const key = `${item.kind}:${item.key}`
  const isTaken = item.action === 'rename' || conflicts[key] !== undefined
  if (onChoose === undefined || item.kind === 'category' || !isTaken) return null
  return (
    <NativeSelect
      aria-label={`${item.name}: where the name is taken`}
      data={[
        { value: 'rename', label: 'Make it under a new name' },
        { value: 'use-existing', label: 'Use what is there' },
      ]}
      value={conflicts[key] ?? 'rename'}
      onChange={(event) =>
        onChoose(key, event.currentTarget.value === 'use-existing' ? 'use-existing' : 'rename')
      }
    />
  )
}
