import { type ComponentType, useEffect, useState } from 'react'
import { Bones } from '../parts/bones.tsx'

/**
 * A page that is a file of its own, loaded when it is first gone to, or before that by `load`. React's own `lazy` holds
 * what has come back for 300 ms once its fallback was shown.
 */
export function pageOf<Props extends object>(
  get: () => Promise<ComponentType<Props>>,
): ComponentType<Props> & { readonly load: () => Promise<unknown> } {
  let found: ComponentType<Props> | null = null
  let loading: Promise<ComponentType<Props>> | null = null
  const load = (): Promise<ComponentType<Props>> => {
    loading ??= get().then((page) => {
      found = page
      return page
    })
    return loading
  }
  function Page(props: Props) {
    const [, setLoaded] = useState(found !== null)
    const [failure, setFailure] = useState<unknown>(null)
    useEffect(() => {
      let isWanted = true
      load().then(
        () => isWanted && setLoaded(true),
        (error: unknown) => isWanted && setFailure(error),
      )
      return () => {
        isWanted = false
      }
    }, [])
    // for the one who keeps a failed page from taking the others with it
    if (failure !== null) throw failure
    const Found = found
    return Found === null ? <Bones /> : <Found {...props} />
  }
  return Object.assign(Page, { load })
}
