// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/details/subject.h"
#include "ui/parts/verb.h"

#include <QTabWidget>

#include <vector>

namespace halfopen {

class FactPanel;
class SummaryPanel;

/// The pages of what is chosen: of one connection those with its facts and those that others fill in, of several the
/// one page that tells them together.
class FactPages final : public QTabWidget {
    Q_OBJECT

public:
    explicit FactPages(QWidget* parent = nullptr);

    /// The page shown is of facts that are written anew as time goes by (or, with false, with each frame alone).
    bool showsFacts(bool running) const;
    /// Writes the page shown, where it is one of facts.
    void showFacts(const Subject& subject, MonotonicTime now);

    void setSeveral(bool several);
    SummaryPanel& together() { return *m_together; } ///< the page of several

    int page() const; ///< of one connection, also while the page of several is shown
    /// Adds a page that somebody else fills in.
    /// @param ofOne  it tells of one connection: not to be seen while several are chosen
    void addPage(QWidget* page, const QString& title, bool ofOne);

Q_SIGNALS:
    void asked(halfopen::Verb verb); ///< what a button here offers

private:
    bool isSeveral() const;

    SummaryPanel* m_together;
    std::vector<FactPanel*> m_panels; ///< of the first pages, in their order
    std::vector<QWidget*> m_ofOne;    ///< pages that are not of several
    int m_pageBefore = 0;             ///< while several are chosen: the page of one
};

} // namespace halfopen
