import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The chunk a module belongs to, so that each part of the product loads as one file when first visited. */
function moduleChunk(id: string): string | null {
  const page = /\/web\/src\/pages\/([^/]+)\//.exec(id)
  return page?.[1] === undefined || id.endsWith('/routes.ts') ? null : `pages-${page[1]}`
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/app/',
  plugins: [react()],
  html: {
    // The server replaces this word with a fresh nonce per answer; see src/app/style-nonce.ts.
    cspNonce: '__STYLE_NONCE__',
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // Small assets as data: URLs would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 30 },
            {
              name: 'mantine',
              test: /node_modules\/(@mantine|@floating-ui|react-remove-scroll)/,
              priority: 20,
            },
            {
              name: 'tanstack',
              test: /node_modules\/@tanstack\/(react-router|router-core|history|react-query|query-core|store|react-store)\//,
              priority: 20,
            },
            { name: moduleChunk, priority: 10 },
          ],
        },
      },
    },
  },
  server: { port: 5173, proxy: { '/api': 'http://127.0.0.1:8080' } },
})
