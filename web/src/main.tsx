import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import './theme/global.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/query-client.ts'
import { reloadWhenOutdated } from './app/reload-when-outdated.ts'
import { router } from './app/router.tsx'
import { styleNonce } from './app/style-nonce.ts'
import { cssVariables, theme } from './theme/theme.ts'
import { dropOldDrafts } from './ui/drafts.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

// The key is also read by public/before-paint.js.
const schemeManager = localStorageColorSchemeManager({ key: 'touchstone.scheme' })

dropOldDrafts(new Date())
reloadWhenOutdated()

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={schemeManager}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Notifications position="bottom-right" transitionDuration={120} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
