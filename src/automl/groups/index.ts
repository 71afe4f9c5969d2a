export { findGroups, MOST_COMPARED } from './find-groups.ts'
