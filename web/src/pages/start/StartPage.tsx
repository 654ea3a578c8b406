import type { ReactElement } from 'react'
import { useSession } from '../../api/session.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'

export function StartPage(): ReactElement {
  const { user } = useSession()
  return <PageHeader title="For you" facts={<span>{user.fullName}</span>} />
}
