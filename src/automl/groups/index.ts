export { findLeaders, type Led, MOST_COMPARED, withColumns } from './find-leaders.ts'
