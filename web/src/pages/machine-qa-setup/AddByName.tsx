import { type ReactElement, useEffect, useId, useState } from 'react'
import { ReferenceSelect } from '../../ui/ReferenceSelect.tsx'
import type { ReferenceOption } from '../../ui/reference-source.ts'
import { toastError } from '../../ui/toasts.ts'

export interface AddByNameProps {
  /** Record the choices come from. */
  readonly target: string
  readonly label: string
  readonly description?: string
  readonly onAdd: (chosen: ReferenceOption) => Promise<void> | void
}

/** Adds one thing after the other, found by typing; the focus stays for the next. */
export function AddByName({ target, label, description, onAdd }: AddByNameProps): ReactElement {
  const id = useId()
  const [added, setAdded] = useState(0)
  useEffect(() => {
    if (added > 0) document.getElementById(id)?.focus()
  }, [added, id])
  const add = async (chosen: ReferenceOption): Promise<void> => {
    try {
      await onAdd(chosen)
    } catch (error) {
      toastError(`${chosen.label} was not added`, error)
    }
    setAdded((count) => count + 1)
  }
  return (
    <ReferenceSelect
      // anew after each choice, so that nothing of the last search stays
      key={added}
      id={id}
      target={target}
      label={label}
      description={description}
      placeholder="Type a part of the name"
      value={null}
      onChange={(chosen) => {
        if (chosen !== null) void add(chosen)
      }}
    />
  )
}
