// Steps from page to page. A page of its own code is fetched before it opens; until then the page before it lives, and what that one would
// still lead on to must not take the place of what a person has asked for.
import type { RouteLocationNormalized, RouteLocationRaw, Router } from 'vue-router'

let going: RouteLocationNormalized | null = null // begun, and not there yet

/** Once, before the first step. */
export function watchSteps(router: Router): void {
  router.beforeEach((to) => void (going = to))
  router.afterEach((to) => {
    if (to === going) going = null
  })
  router.onError(() => (going = null))
}
/** A page leads on by itself: from where nobody stays, or from an empty list. A step of a person's that is under way goes first. */
export function leadOn(router: Router, to: RouteLocationRaw): void {
  if (!going) void router.replace(to)
}
