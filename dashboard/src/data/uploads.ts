import { ApiProblem, type ProblemBody, type Upload } from './api.ts'

/** Sends one file, telling the share that has gone; `fetch` cannot. */
export function upload(file: File, onShare: (share: number) => void, signal: AbortSignal): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/v2/uploads')
    request.upload.onprogress = ({ loaded, total }) => onShare(total === 0 ? 1 : loaded / total)
    request.onerror = () => reject(new ApiProblem(0, null))
    request.onabort = () => reject(new ApiProblem(0, null))
    request.onload = () => {
      const body = parsed(request.responseText)
      if (request.status === 201) resolve((body as { uploads: Upload[] }).uploads[0]!)
      else reject(new ApiProblem(request.status, body as ProblemBody | null))
    }
    signal.addEventListener('abort', () => request.abort())
    const form = new FormData()
    form.append('file', file, file.name)
    request.send(form)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // a proxy between may answer in its own words
    return null
  }
}
