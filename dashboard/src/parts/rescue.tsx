import { Component, type ReactNode } from 'react'

interface Props {
  readonly children: ReactNode
  readonly instead: ReactNode
  /** Where one is: what failed there is tried again elsewhere. */
  readonly place: string
}

/** Keeps what failed on one page from taking the others with it: most often a page of a version that is gone. */
export class Rescue extends Component<Props, { readonly failedAt: string | null }> {
  override state = { failedAt: null as string | null }

  static getDerivedStateFromError(): { failedAt: string } {
    return { failedAt: location.pathname }
  }

  override componentDidUpdate({ place }: Props): void {
    if (this.state.failedAt !== null && place !== this.props.place) this.setState({ failedAt: null })
  }

  override render(): ReactNode {
    return this.state.failedAt === null ? this.props.children : this.props.instead
  }
}
