import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './tokens.css'
import './base.css'
import './layout.css'
import './parts.css'
import { App, preload } from './app.tsx'
import { ServerProvider } from './data/server.tsx'
import { AnnouncerProvider } from './parts/announcer.tsx'
import { WordsProvider } from './words/words.tsx'

preload(location.pathname)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ServerProvider>
      <WordsProvider>
        <AnnouncerProvider>
          <App />
        </AnnouncerProvider>
      </WordsProvider>
    </ServerProvider>
  </StrictMode>,
)
