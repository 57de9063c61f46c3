/** What a messenger that has no dialogs, or slow ones, makes us say. */
export const MESSENGERS = {
  'form.without_files': 'Files cannot be attached here.',
  'form.no_files': 'Files cannot be attached here: send them in this chat.',
  'form.done': 'Done.',
  'form.cancelled': 'Cancelled.',
  'toast.form': 'The form is waiting for you in our chat.',
  'toast.card': 'The answer is in our chat.',
  'toast.failed': 'That did not go through. Please try again.',
  'file.offer': 'From the service desk. If you allow it, it is saved with your own files.',
  'file.declined': '{name} was not saved.',
  'file.gone': '{name} is not available any more.',
  'file.failed': '{name} could not be saved. Please try again.',
  'toast.late': 'This takes a moment. The answer follows in our chat.',
} as const
