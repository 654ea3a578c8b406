import { Outlet } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { ShortcutOverlay } from '../ui/ShortcutOverlay.tsx'
import { SignInDialog } from './SignInDialog.tsx'

/** What every page has, signed in or not. */
export function RootFrame(): ReactElement {
  return (
    <>
      <Outlet />
      <SignInDialog />
      <ShortcutOverlay />
    </>
  )
}
