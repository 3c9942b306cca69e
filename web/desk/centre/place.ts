// A field tied to a place of the text being edited: what is wrong there is its error, and a line of the summary leads to it.
import { computed, onBeforeUnmount, watch, watchPostEffect } from 'vue'
import { fieldOf, usePlaces } from './items'

/** The field's element has the id; the error, '' when there is none, stands in an element `<id>-error`, the hint in `<id>-hint`. */
export function usePlaced(props: Readonly<{ id: string; place: string; hint?: string }>) {
  const places = usePlaces()
  watch(() => [props.place, props.id] as const, ([place, id], before) => {
    if (before && places?.fields.value.get(before[0]) === before[1]) places.fields.value.delete(before[0])
    places?.fields.value.set(place, id)
  }, { immediate: true })
  onBeforeUnmount(() => {
    if (places?.fields.value.get(props.place) === props.id) places.fields.value.delete(props.place)
  })
  const error = computed(() => (places ? places.problems.value.filter((p) => fieldOf(p.place, places.fields.value) === props.place).map((p) => p.sentence).join(' ') : ''))
  watchPostEffect(() => {
    const described = [props.hint ? `${props.id}-hint` : '', error.value ? `${props.id}-error` : ''].filter(Boolean).join(' ')
    const field = document.getElementById(props.id)
    if (described) field?.setAttribute('aria-describedby', described)
    else field?.removeAttribute('aria-describedby')
    // A group has no value of its own that could be invalid.
    if (error.value && field?.tagName !== 'FIELDSET') field?.setAttribute('aria-invalid', 'true')
    else field?.removeAttribute('aria-invalid')
  })
  return error
}
