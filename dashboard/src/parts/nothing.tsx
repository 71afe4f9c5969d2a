import { Link } from 'wouter'

/** An empty screen names the next step. */
export function Nothing(props: { title: string; text: string; to?: string; action?: string }) {
  return (
    <div className="stack reading">
      <h2>{props.title}</h2>
      <p className="muted">{props.text}</p>
      {props.to !== undefined && (
        <p>
          <Link href={props.to} className="button">
            {props.action}
          </Link>
        </p>
      )}
    </div>
  )
}
