// Steps from page to page. A page of its own code is fetched before it opens; until then the page before it lives, and what that one would
// still lead on to must not take the place of what a person has asked for.
import type { RouteLocationNormalized, RouteLocationRaw, Router } from 'vue-router'

let going: RouteLocationNormalized | null = null // begun, and not there yet
let later: (() => void) | null = null // where the page would lead, if that step comes to nothing

function ended(to: RouteLocationNormalized, failed: boolean) {
  if (to !== going) return
  const then = later
  going = later = null
  if (failed) then?.()
}

/** Once, before the first step. */
export function watchSteps(router: Router): void {
  router.beforeEach((to) => void (going = to))
  router.afterEach((to, _from, failure) => ended(to, failure !== undefined))
  router.onError((_why, to) => ended(to, true))
}
/** A page leads on by itself: from where nobody stays, or from an empty list. A step of a person's that is under way goes first; when it
    fails, the page leads on after all. */
export function leadOn(router: Router, to: RouteLocationRaw): void {
  if (going) later = () => void router.replace(to)
  else void router.replace(to)
}
