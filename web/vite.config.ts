import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// `npm run dev` shows the pages as the C++ server would: addresses of the desk get its shell, others the portal's, and what the
// program answers itself is asked of it (YICHUANG, by default the port of ./run).
const program = process.env.YICHUANG ?? 'http://127.0.0.1:8080'
const ofTheProgram = ['/api', '/login', '/operator', '/week', '/bulletin', '/figures', '/receipts', '/set-password', '/first-administrator', '/admin']

function shells(): Plugin {
  return {
    name: 'shells',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        const path = (request.url ?? '/').split('?')[0] ?? '/'
        const asked = request.headers.accept?.includes('text/html') ?? false
        if (asked && !ofTheProgram.some((p) => path.startsWith(p))) request.url = path.startsWith('/desk') ? '/desk.html' : path.startsWith('/screen') ? '/screen.html' : /^\/(device|visit)\//.test(path) ? '/device.html' : '/portal.html'
        next()
      })
    },
  }
}

export default defineConfig({
  appType: 'mpa',
  plugins: [vue(), shells()],
  resolve: { alias: { '@': here('.'), 'vue-i18n': 'petite-vue-i18n/dist/petite-vue-i18n.runtime.mjs' } /* the small one: words have slots and nothing else, and shared/words.ts compiles and finds them */ },
  define: {
    __VUE_OPTIONS_API__: process.env.VITE_OPTIONS_API ?? 'true', // Element Plus needs it
    __VUE_PROD_DEVTOOLS__: 'false',
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    __VUE_I18N_FULL_INSTALL__: 'false',
    __VUE_I18N_LEGACY_API__: 'false',
    __INTLIFY_PROD_DEVTOOLS__: 'false',
    __INTLIFY_DROP_MESSAGE_COMPILER__: 'true',
    __INTLIFY_JIT_COMPILATION__: 'false',
  },
  build: {
    target: 'chrome90',
    assetsDir: 'assets',
    assetsInlineLimit: 0, // the policy allows no data: but pictures
    modulePreload: { polyfill: false },
    manifest: 'manifest.json',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
    rollupOptions: { input: Object.fromEntries((process.env.YICHUANG_ENTRIES ?? 'portal desk screen device').split(' ').map((entry) => [entry, here(`${entry}.html`)])) }, // tools/build.mjs builds them apart
  },
  server: {
    proxy: Object.fromEntries(ofTheProgram.map((p) => [p === '/api' ? '^/api/(?!client\\.ts)' : p /* the pages' own module has an address below it */, { target: program, changeOrigin: true, headers: { origin: program } }])),
  },
  test: { environment: 'jsdom', include: ['tests/**/*.test.ts'] },
} as Parameters<typeof defineConfig>[0])
