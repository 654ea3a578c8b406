import { ActionIcon, NativeSelect } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { type ListControl, PAGE_SIZES } from './list-state.ts'
import classes from './Pager.module.css'

export interface PagerProps {
  readonly control: ListControl
  readonly shown: number
  readonly total: number | null | undefined
}

/** Which rows these are, and the way to the others. */
export function Pager({ control, shown, total }: PagerProps): ReactElement {
  const first = (control.page - 1) * control.size + 1
  const last = first + shown - 1
  const hasMore = typeof total === 'number' ? last < total : shown === control.size
  const goTo = (page: number): void => control.patch({ page: page === 1 ? undefined : String(page) })
  return (
    <div className={classes.pager} data-print="hide">
      <span className="ts-num">
        {shown === 0 ? 'No rows' : `${first.toLocaleString()} – ${last.toLocaleString()}`}
        {typeof total === 'number' && shown > 0 ? ` of ${total.toLocaleString()}` : ''}
      </span>
      <NativeSelect
        aria-label="Rows per page"
        size="xs"
        value={String(control.size)}
        onChange={(event) => control.filter({ size: event.currentTarget.value })}
        data={PAGE_SIZES.map((size) => ({ value: String(size), label: `${size} a page` }))}
      />
      <ActionIcon
        aria-label="Previous page"
        disabled={control.page === 1}
        onClick={() => goTo(control.page - 1)}
      >
        <IconChevronLeft size={18} />
      </ActionIcon>
      <ActionIcon aria-label="Next page" disabled={!hasMore} onClick={() => goTo(control.page + 1)}>
        <IconChevronRight size={18} />
      </ActionIcon>
    </div>
  )
}
