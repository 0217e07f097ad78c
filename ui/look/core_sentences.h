// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <string_view>

namespace halfopen {

/// A note or an error of core in the language of the window. Core speaks English and knows no translations; here its
/// sentences are known by their wording. One that is not known stays as it is.
QString coreSentence(std::string_view sentence);

/// The sentences that are known, %1 and %2 standing for what core puts in; for the test that core still says them.
QStringList coreSentences();

} // namespace halfopen
