// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/sentence.h"

#include <string>
#include <string_view>

namespace halfopen::ctl {

/// The variables of locale(7) that say which language messages are in; "" where one is not set.
struct LanguageVariables {
    std::string_view lcAll, lcMessages, lang;
    std::string_view language; ///< LANGUAGE, as gettext(1) has it: several, the best one first
};

/// The name of the translation that they ask for, of those that there are; "": English, as in the locales C and POSIX,
/// in those that are not of UTF-8, and where there is no translation. The locale itself need not exist here.
std::string_view translationFor(const LanguageVariables& variables);

/// The language of this process' environment. It does not change.
const Language& language();

/// The sentence in that language.
std::string say(const Sentence& sentence);

} // namespace halfopen::ctl
