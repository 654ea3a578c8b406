import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const BEFORE_PAINT = fileURLToPath(new URL('src/before-paint.js', import.meta.url))

/**
 * Puts `before-paint.js` into the head as a plain script, which Vite does not bundle: it has to run before the
 * first paint. Its name holds a hash like those of all assets, so that browsers may keep it for ever.
 */
function beforePaint(): Plugin {
  return {
    name: 'before-paint',
    buildStart() {
      if (this.environment.mode !== 'build') return
      this.emitFile({
        type: 'asset',
        name: 'before-paint.js',
        source: readFileSync(BEFORE_PAINT, 'utf8'),
      })
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const asset = Object.values(bundle ?? {}).find((file) => file.names?.includes('before-paint.js'))
        const src = asset === undefined ? '/app/src/before-paint.js' : `/app/${asset.fileName}`
        return [{ tag: 'script', attrs: { src }, injectTo: 'head-prepend' }]
      },
    },
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/app/',
  plugins: [react(), beforePaint()],
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
            // Each page is a chunk of its own; the small pieces that most of them share are one file, not thirty.
            {
              name: 'shared',
              test: /\/web\/src\/(ui|api|theme)\/|@tabler\/icons-react/,
              minShareCount: 3,
              priority: 5,
            },
          ],
        },
      },
    },
  },
  server: { port: 5173, proxy: { '/api': 'http://127.0.0.1:8080' } },
})
