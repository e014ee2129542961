import { useEffect, useState } from 'react'
import Taro from '@tarojs/taro'
import { Button, Text, View } from '@tarojs/components'
import './index.css'

// 隐私授权弹窗：页面打开时如果用户还没有同意隐私保护指引，或者平台要求授权时显示。
// 文案可以按自己的情况修改。依据微信官方文档《小程序隐私协议开发指南》。
let waiting = []

export default function PrivacyPopup() {
  const [shown, setShown] = useState(false)
  const [guide, setGuide] = useState('《用户隐私保护指引》')

  useEffect(() => {
    if (!Taro.getPrivacySetting) return // 基础库低于 2.32.3 或不是微信：由平台处理
    Taro.onNeedPrivacyAuthorization(resolve => {
      waiting.push(resolve)
      setShown(true)
    })
    Taro.getPrivacySetting({
      success: ({ needAuthorization, privacyContractName }) => {
        setShown(needAuthorization)
        if (privacyContractName) setGuide(privacyContractName)
      }
    })
  }, [])

  const answer = result => {
    const asked = waiting
    waiting = []
    setShown(false)
    asked.forEach(resolve => resolve(result))
  }

  if (!shown) return null
  return (
    <View className='privacy-mask'>
      <View className='privacy-card'>
        <View className='privacy-title'>隐私保护提示</View>
        <View>
          使用前请阅读<Text className='privacy-link' onClick={() => Taro.openPrivacyContract({})}>{guide}</Text>
          。点按“同意”表示你已阅读并同意；不同意时，需要个人信息的功能不可用。
        </View>
        <View className='privacy-buttons'>
          <Button size='mini' onClick={() => answer({ event: 'disagree' })}>不同意</Button>
          <Button
            id='privacy-agree'
            size='mini'
            type='primary'
            openType='agreePrivacyAuthorization'
            onAgreePrivacyAuthorization={() => answer({ event: 'agree', buttonId: 'privacy-agree' })}
          >
            同意
          </Button>
        </View>
      </View>
    </View>
  )
}
