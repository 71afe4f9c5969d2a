const { env, platform, stdout } = process

/** Whether somebody sits at this machine, with a browser. */
const isAttended = (): boolean =>
  stdout.isTTY === true &&
  env.CI === undefined &&
  env.SSH_CONNECTION === undefined &&
  (platform !== 'linux' || env.DISPLAY !== undefined || env.WAYLAND_DISPLAY !== undefined)

/** Opens a page in the browser of whoever sits here; the address stands in the terminal too. */
export async function openPage(url: string): Promise<void> {
  if (!isAttended()) return
  const { default: open } = await import('open')
  const started = await open(url)
  // a machine without a browser has the address, which was printed
  started.on('error', () => {})
}
