/** What we use of Plotly; its own types describe the whole library and weigh more than it. */
declare module 'plotly.js-cartesian-dist-min' {
  type Loose = Record<string, unknown>
  interface Plotly {
    react(element: HTMLElement, data: readonly Loose[], layout: Loose, config: Loose): Promise<void>
    purge(element: HTMLElement): void
    register(module: Loose): void
    downloadImage(figure: Loose | HTMLElement, options: Loose): Promise<string>
    readonly Fx: { hover(element: HTMLElement, points: readonly Loose[]): void; unhover(element: HTMLElement): void }
  }
  const plotly: Plotly
  export default plotly
}
