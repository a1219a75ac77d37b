// How likely a letter is in a name, in bits: for telling in which of the old encodings the names of a zip are.
// No statistics, only what anybody knows who reads the language; a wrong encoding gives letters that nobody uses.

/** What one meets in names of files and folders: the commonest characters and common things, simplified and traditional. */
const HAN = new Set(
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去' +
    '法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点' +
    '正业外将两高间由问很最重并物手应向头文体政美相见被利什二等产或新己制身加西月话合回代内信表化老给世位次度门任常先海通教儿原东声提' +
    '立及比员解水名真论处走各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资山金指统' +
    '区队形便空决展马科五基眼书非则听白界达光放强像难且思王完设式色路记南品住类求据程北边死张该交规万取拉格望觉术领确传师清今切院让识' +
    '候带导运周八七六九百千半早晚春夏秋冬晴雨雪云风雷阴阳石土木林森花草树叶果苹梨桃香蕉橘橙柠檬葡萄瓜莓菠萝豆米麦蔬菜饭汤茶酒肉鱼虾蟹' +
    '蛋奶糖饼包猫狗犬鸟鸡鸭鹅猪牛羊猴虎狮豹熊象狼鹿兔鼠龙蛇龟蛙虫蜂蝶蚁鲸鲨红黄绿青蓝紫黑灰粉棕圆角星环叉球车船飞汽托卡货火轮杯碗盘瓶' +
    '桶椅桌床灯窗墙房屋楼桥塔街城村田河湖江脑键鞋帽衣裤裙袜伞刀勺笔纸箱视频音乐图片照册截屏拍摄微群聊载档夹副收藏备份测试验证训练集负' +
    '异病健康患坏缺陷良垃圾余厨害玻璃塑料属爸妈爷哥姐弟妹宝孩朋友旅游京沪广深圳港澳台湾州杭苏武汉這個們來為國說時會對過發後種經麼動還' +
    '進樣開從實軍無與長機業關點將兩間問應戰頭體見產話門聲員論處義幾認條題爾總電數報結務場計資許統區隊決馬書則聽達強難權設記類據張該規' +
    '萬覺術領確傳師觀讓識帶導爭運貓鳥雞鴨鵝豬獅龍龜蟲魚蝦麵飯湯蘋蘿葉樹紅黃綠藍圓環車飛貨輪盤燈牆樓橋腦鍵褲襪傘筆紙視頻樂圖冊攝檔夾備' +
    '測試驗證訓練負異餘廚屬爺媽寶遊灣蘇漢邊東給陰陽雲風學兒氣變當並裡雄簿功課',
);

/** How often parts of Korean syllables are met, in bits. */
const JAMO = {
  // ㄱ ㄲ ㄴ ㄷ ㄸ ㄹ ㅁ ㅂ ㅃ ㅅ ㅆ ㅇ ㅈ ㅉ ㅊ ㅋ ㅌ ㅍ ㅎ
  first: [3, 6, 4, 4, 6, 4, 4, 4, 7, 3, 7, 2, 3, 8, 4, 5, 5, 5, 4],
  // ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅘ ㅙ ㅚ ㅛ ㅜ ㅝ ㅞ ㅟ ㅠ ㅡ ㅢ ㅣ
  middle: [2, 4, 6, 10, 3, 4, 4, 7, 3, 5, 8, 6, 6, 3, 6, 9, 6, 6, 4, 6, 3],
  // none ㄱ ㄲ ㄳ ㄴ ㄵ ㄶ ㄷ ㄹ ㄺ ㄻ ㄼ ㄽ ㄾ ㄿ ㅀ ㅁ ㅂ ㅄ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ
  last: [1, 4, 8, 11, 3, 9, 9, 7, 4, 8, 9, 9, 11, 10, 10, 9, 4, 5, 8, 5, 6, 3, 8, 8, 9, 8, 8, 9],
};

/** A character that one meets. */
const COMMON = 9;
/** Another of the block for daily use, and of that for all else. */
const DAILY = 13;
const RARE = 18;
/** Signs, and what an encoding has for the sake of other languages. */
const FOREIGN = 20;
/** What is no letter at all. */
const NONE = 30;

/**
 * Where a letter of two bytes stands in its encoding: in the block for daily use, in that for all else, or in what was
 * added later.
 * @typedef {'daily' | 'seldom' | 'extension'} Place
 */

const NO_LETTER = /[\p{Co}\p{Cc}\p{Cn}\uFFFD]/u;
const KANA = /[ぁ-ゖァ-ヺー]/;
const SYLLABLE = /[가-힣]/;
const FULL_WIDTH = /[（）【】《》「」、，。！？：～－＿０-９Ａ-Ｚａ-ｚ\u3000々]/;

/**
 * Bits of a letter of two bytes.
 * @param {string} char @param {'han' | 'kana' | 'hangul'} script whose encoding it is @param {Place} place
 */
export function wide(char, script, place) {
  if (NO_LETTER.test(char)) return NONE;
  if (SYLLABLE.test(char)) return script === 'hangul' ? hangul(char) + (place === 'extension' ? 8 : 0) : FOREIGN;
  if (KANA.test(char)) return script === 'kana' ? 7 : FOREIGN;
  if (FULL_WIDTH.test(char)) return DAILY;
  if (!/\p{Script=Han}/u.test(char) || place === 'extension') return FOREIGN;
  // Korean names are not written in these any more.
  if (script === 'hangul' || place === 'seldom') return RARE;
  return HAN.has(char) ? COMMON : DAILY;
}

/** A syllable by its parts. @param {string} char */
function hangul(char) {
  const at = char.charCodeAt(0) - 0xac00;
  return JAMO.first[Math.floor(at / 588)] + JAMO.middle[Math.floor(at / 28) % 21] + JAMO.last[at % 28];
}

/**
 * Bits of a letter of one byte that is not ASCII, between those beside it.
 * @param {string} char
 */
export function narrow(char, before = '', after = '') {
  if (NO_LETTER.test(char)) return NONE;
  const inside = /\p{Lu}/u.test(char) && /\p{Ll}/u.test(before) ? 6 : 0;
  const amongLatin = /[a-z]/i.test(before + after);
  // Words in Latin letters have few accents, and these among plain letters.
  if (/(?=\p{L})[À-ɏ]/u.test(char)) return inside + (amongLatin ? 6 : 13);
  if (/[а-яё]/i.test(char)) return inside + (/[а-яё]/.test(char) ? 5 : 7) + (amongLatin ? 8 : 0);
  // Kana of half the width.
  return /[ｦ-ﾟ]/.test(char) ? 8 : 15;
}
