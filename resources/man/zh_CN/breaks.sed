# SPDX-License-Identifier: GPL-3.0-or-later
# For sed -E in the locale C, on what scdoc makes of a Chinese page. groff ends a line at blanks only; \: tells where else
# it may: after a Chinese character or mark and before an opening one, but not before one that closes. The line of the
# page's name stays as it is, for whatis. No option or key is divided, neither by a hyphen of its own nor by a new one.
1i .nr HY 0
/^\./b
/^[^ ]+ \\?- /b
s/[\xe4-\xe9][\x80-\xbf]{2}|，|。|：|；|！|？|、|）|”|～/&\\:/g
s/（|“/\\:&/g
s/(（|“)\\:/\1/g
s/(\\:)+((\\f[BIR]|\\&)*)(，|。|：|；|！|？|、|）|”|～| |$)/\2\4/g
s/(\\:){2,}/\\:/g
s/([a-z])-([a-z])/\1\\-\2/g
