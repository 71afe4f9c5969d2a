import { useWords } from '../words/words.tsx'

/** The next page of a list that was cut, where there is one. */
export function MoreButton({
  list,
}: {
  readonly list: { readonly hasNextPage: boolean; readonly isFetchingNextPage: boolean; fetchNextPage(): unknown }
}) {
  const { say } = useWords()
  if (!list.hasNextPage) return null
  return (
    <div>
      <button type="button" className="button" disabled={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
        {say('table.more')}
      </button>
    </div>
  )
}
