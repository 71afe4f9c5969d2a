// slices of the face for systems without Chinese; the browser fetches those that the page needs
import '@fontsource-variable/noto-sans-sc/index.css'
