import { type ComponentType, lazy } from 'react'

export interface RecordTabProps {
  readonly id: number
  readonly title: string
}

/** Something a module adds to the generic page of one of its records. */
export interface RecordTab {
  /** In the address: `?tab=sign-in`. */
  readonly name: string
  readonly label: string
  /** Who may change the record sees it, unless it is for everybody who sees the record. */
  readonly for: 'changers' | 'readers'
  readonly component: ComponentType<RecordTabProps>
}

const UserCredentials = lazy(async () => {
  const { UserCredentials: component } = await import('../pages/account/UserCredentials.tsx')
  return { default: component }
})

/** By name of the record. Pages never import another module's pages: they meet here. */
export const RECORD_TABS: Readonly<Record<string, readonly RecordTab[]>> = {
  'access.user': [{ name: 'sign-in', label: 'Sign-in', for: 'changers', component: UserCredentials }],
}
