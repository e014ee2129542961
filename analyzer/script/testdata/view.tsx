import { View, Input } from '@tarojs/components'
const id = <T,>(x: T): T => x
export default function Form(props: Props) {
  const [phone, setPhone] = useState<string>('')
  return (
    <View className="form" data-id='1' {...props} onClick={() => submit(phone)}>
      手机号：&nbsp;{/* 必填 */}{phone as string}
      <Input.Text value={phone} disabled/>
      <>{list.map((x) => <Item key={x} a:b="&lt;"/>)}</>
    </View>
  )
}
