import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { WireStudyDetails } from '../../../../src/dialects/native/dicom/studies.schema.ts'
import { deleteStudy, restoreStudy } from '../../api/dicom/studies.ts'
import { ConfirmWithReason } from '../../ui/ConfirmWithReason.tsx'
import { toast, toastError } from '../../ui/toasts.ts'

export interface DeleteStudyProps {
  readonly study: WireStudyDetails
  readonly onClose: () => void
}

/** Asks why before a study goes into the bin. */
export function DeleteStudy({ study, onClose }: DeleteStudyProps): ReactElement {
  const client = useQueryClient()
  const router = useRouter()
  const images = study.instanceCount === 1 ? '1 image' : `${study.instanceCount} images`
  return (
    <ConfirmWithReason
      title="Put this study into the bin?"
      action="Put into the bin"
      reason="required"
      danger
      onClose={onClose}
      onConfirm={async (reason) => {
        await deleteStudy(study.studyUid, reason)
        toast('The study is in the bin.')
        client.removeQueries({ queryKey: ['dicom', 'study', study.studyUid] })
        await client.invalidateQueries({ queryKey: ['list', 'dicom.study'] })
        await router.navigate({ href: '/dicom/studies' })
      }}
    >
      {study.patientName ?? 'No name'}, {images}. Nobody sees the study any more until somebody takes it out
      of the bin.
    </ConfirmWithReason>
  )
}

export function RestoreStudy({ study }: { readonly study: WireStudyDetails }): ReactElement | null {
  const client = useQueryClient()
  const router = useRouter()
  const restore = useMutation({
    mutationFn: () => restoreStudy(study.studyUid),
    onSuccess: async () => {
      toast('The study is out of the bin.')
      await client.invalidateQueries({ queryKey: ['list', 'dicom.study'] })
      await router.navigate({ href: `/dicom/studies/${study.studyUid}` })
    },
    onError: (error) => toastError('The study stays in the bin', error),
  })
  if (!study.may.delete) return null
  return (
    <Button onClick={() => restore.mutate()} loading={restore.isPending}>
      Take out of the bin
    </Button>
  )
}
