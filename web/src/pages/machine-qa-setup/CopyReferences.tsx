import { type ReactElement, useState } from 'react'
import { copyReferences } from '../../api/machine-qa/configuration.ts'
import { ConfirmWithReason } from '../../ui/ConfirmWithReason.tsx'
import { ReferenceSelect } from '../../ui/ReferenceSelect.tsx'
import type { ReferenceOption } from '../../ui/reference-source.ts'
import { toast } from '../../ui/toasts.ts'
import { CopyReferencesPreview } from './CopyReferencesPreview.tsx'

export interface CopyReferencesProps {
  readonly unitId: number
  readonly unitName: string
  readonly onClose: () => void
  readonly onCopied: () => Promise<void>
}

/** Takes over what another unit has for the tests that both have. */
export function CopyReferences({ unitId, unitName, onClose, onCopied }: CopyReferencesProps): ReactElement {
  const [source, setSource] = useState<ReferenceOption | null>(null)
  const copy = async (comment: string): Promise<void> => {
    if (source === null) throw new Error('Choose the unit to copy from.')
    const { changed, missing } = await copyReferences({ fromUnitId: source.id, toUnitId: unitId, comment })
    await onCopied()
    toast(`${changed} ${changed === 1 ? 'test' : 'tests'} changed.`)
    if (missing.length > 0) toast(`${unitName} does not have: ${missing.join(', ')}.`, 'warn')
  }
  return (
    <ConfirmWithReason
      title={`Copy references to ${unitName}`}
      action="Copy references"
      reason="required"
      onClose={onClose}
      onConfirm={copy}
    >
      <ReferenceSelect
        target="machine-qa.unit"
        label="From unit"
        description="Its references and tolerances replace those of every test that both units have."
        value={source}
        onChange={setSource}
      />
      {source === null ? null : (
        <CopyReferencesPreview fromUnitId={source.id} toUnitId={unitId} unitName={unitName} />
      )}
    </ConfirmWithReason>
  )
}
