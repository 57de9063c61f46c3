/** 没有弹窗或响应较慢的平台上要说的话。 */
export const MESSENGERS = {
  'form.without_files': '这里不能上传附件。',
  'form.no_files': '这里不能上传附件，请直接在本聊天中发送文件。',
  'form.done': '已完成。',
  'form.cancelled': '已取消。',
  'toast.form': '表单已发到你和我的私聊，请在那里填写。',
  'toast.card': '结果已发到你和我的私聊。',
  'toast.failed': '没有成功，请再试一次。',
  'file.offer': '来自服务台。允许后会保存到你自己的文件里。',
  'file.declined': '{name} 没有保存。',
  'file.gone': '{name} 已经不可用。',
  'file.failed': '{name} 没有保存成功，请再试一次。',
  'toast.late': '正在处理，稍后在私聊中告诉你结果。',
} as const
