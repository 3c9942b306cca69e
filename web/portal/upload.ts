export { kAccepted, kLargest, sizeWords, wrongWithFile } from '@/shared/upload'
