// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/table/filter_bar.h"

#include "core/query/filter.h"
#include "core/query/filter_hints.h"
#include "core/query/filter_tests.h"
#include "ui/look/filter_texts.h"
#include "ui/look/strings.h"
#include "ui/look/text.h"
#include "ui/look/translated.h"
#include "ui/table/filter_completer.h"
#include "ui/table/filter_menu.h"
#include "ui/table/host_lookup.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPointer>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include <numeric>

namespace halfopen {

using namespace std::chrono_literals;

namespace {

constexpr std::uint16_t kAll = (1U << kDiagnosisCount) - 1;

constexpr std::uint16_t bit(Diagnosis diagnosis) {
    return static_cast<std::uint16_t>(1U << static_cast<unsigned>(diagnosis));
}

/// In the order of their worry, as the table sorts them.
constexpr std::array kChips{Diagnosis::Suspect,   Diagnosis::Stalled, Diagnosis::Abandoned,
                            Diagnosis::Unguarded, Diagnosis::Opening, Diagnosis::Active,
                            Diagnosis::Guarded,   Diagnosis::Closing, Diagnosis::Listening};
static_assert(kChips.size() == kDiagnosisCount);

QString capitalised(const QString& word) {
    return word.isEmpty() ? word : word.left(1).toUpper() + word.mid(1);
}

} // namespace

FilterBar::FilterBar(QWidget* parent)
    : QWidget(parent)
    , m_names(std::make_shared<const FilterNames>(screenNames())) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 6);
    layout->setSpacing(5);
    m_top = new QHBoxLayout;
    layout->addLayout(m_top);
    setUpField();
    setUpProblem();
    layout->addWidget(m_problemLine);
    layout->addWidget(newChips());
    m_typing.setSingleShot(true);
    m_typing.setInterval(120ms);
    connect(&m_typing, &QTimer::timeout, this, &FilterBar::read);
    m_alert.setSingleShot(true);
    m_alert.setInterval(800ms);
    connect(&m_alert, &QTimer::timeout, this, [this] {
        QAccessibleEvent event(m_field, QAccessible::Alert);
        QAccessible::updateAccessibility(&event);
    });
    showChosen();
}

FilterBar::~FilterBar() = default;

void FilterBar::setUpField() {
    m_field = new QLineEdit;
    m_field->setObjectName(QStringLiteral("filter"));
    m_field->setAccessibleName(tr("Filter"));
    m_field->setPlaceholderText(tr("Filter by address, port, process, user, state or diagnosis (Ctrl+F)"));
    m_field->setToolTip(tr("Words that must all match, or conditions as ss has them:\n"
                           "firefox https    10.0.0.0/8 -ssh    state established dport = :443\n"
                           "process:firefox    idle>10m gives-up<1h    unguarded or suspect"));
    m_field->setClearButtonEnabled(true);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, [this] { m_typing.start(); });
    m_completer = new FilterCompleter(m_field, [this] { return m_names; });
    m_count = new QLabel;
    m_count->setObjectName(QStringLiteral("filterCount"));
    m_top->addWidget(m_field, 1);
    m_menu = new FilterMenu;
    connect(m_menu, &FilterMenu::chosen, this, &FilterBar::setFilter);
    connect(m_field, &QLineEdit::editingFinished, this, [this] {
        if (!m_error)
            m_menu->use(m_inForce);
    });
    m_top->addWidget(m_count);
    m_top->addWidget(m_menu);
}

void FilterBar::setUpProblem() {
    m_problemLine = new QWidget;
    auto* layout = new QHBoxLayout(m_problemLine);
    layout->setContentsMargins(0, 0, 0, 0);
    auto* icon = new QLabel;
    const int size = style()->pixelMetric(QStyle::PM_SmallIconSize);
    icon->setPixmap(style()->standardIcon(QStyle::SP_MessageBoxWarning).pixmap(size, size));
    m_problem = newText();
    m_problem->setObjectName(QStringLiteral("filterProblem"));
    layout->addWidget(icon);
    layout->addWidget(m_problem, 1);
    m_problemLine->hide();
}

void FilterBar::setCorner(QWidget* corner) {
    m_top->addWidget(corner);
}

QWidget* FilterBar::newChips() {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
    m_all = newChip(QStringLiteral("chipAll"));
    layout->addWidget(m_all);
    connect(m_all, &QToolButton::clicked, this, [this] { setDiagnoses(0); });
    for (const Diagnosis diagnosis : kChips) {
        auto* chip = newChip(QStringLiteral("chip_%1").arg(fromCore(toString(diagnosis))));
        chip->setToolTip(tr("Several can be chosen; the right button leaves this one out."));
        chip->setContextMenuPolicy(Qt::CustomContextMenu);
        connect(chip, &QToolButton::clicked, this, [this, diagnosis] { toggle(diagnosis); });
        connect(chip, &QWidget::customContextMenuRequested, this, [this, diagnosis] { showOnlyOthers(diagnosis); });
        m_chips[static_cast<std::size_t>(diagnosis)] = chip;
        layout->addWidget(chip);
    }
    layout->addStretch();
    return row;
}

QToolButton* FilterBar::newChip(const QString& name) {
    auto* button = new QToolButton;
    button->setCheckable(true);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setMinimumHeight(24);
    button->setObjectName(name);
    return button;
}

void FilterBar::setFilter(const QString& words) {
    m_field->setText(words);
    m_typing.stop();
    read();
}

void FilterBar::addCondition(const QString& condition) {
    const QString now = m_inForce.trimmed();
    const Filter filter(now.toStdString(), *m_names);
    const auto* tree = filter.tree();
    const bool isOr = tree && tree->nodes[tree->root].kind == filter::Node::Kind::Or;
    setFilter(now.isEmpty() ? condition
                            : (isOr ? QStringLiteral("( %1 ) %2") : QStringLiteral("%1 %2")).arg(now, condition));
}

void FilterBar::setDiagnoses(std::uint16_t diagnoses) {
    diagnoses = diagnoses == kAll ? std::uint16_t{0} : diagnoses;
    const bool other = diagnoses != m_diagnoses;
    m_diagnoses = diagnoses;
    showChosen();
    if (other)
        Q_EMIT changed();
}

void FilterBar::showOnly(Diagnosis diagnosis) {
    setDiagnoses(bit(diagnosis));
}

void FilterBar::toggle(Diagnosis diagnosis) {
    setDiagnoses(m_diagnoses ^ bit(diagnosis));
}

void FilterBar::showOnlyOthers(Diagnosis diagnosis) {
    const std::uint16_t chosen = m_diagnoses == 0 ? kAll : m_diagnoses;
    setDiagnoses(chosen & static_cast<std::uint16_t>(~bit(diagnosis)));
}

void FilterBar::showChosen() {
    m_all->setChecked(m_diagnoses == 0);
    for (const Diagnosis diagnosis : kChips)
        m_chips[static_cast<std::size_t>(diagnosis)]->setChecked((m_diagnoses & bit(diagnosis)) != 0);
}

void FilterBar::applyTo(Query& query) const {
    query.filter = m_inForce.toStdString();
    query.names = m_names;
    query.diagnoses = m_diagnoses;
}

void FilterBar::clear() {
    setFilter({});
    setDiagnoses(0);
}

void FilterBar::focusFilter() {
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

/// Takes what is typed, if it is a filter.
void FilterBar::read() {
    const QString text = m_field->text();
    const Filter filter(text.toStdString(), *m_names);
    m_error = filter.error() ? std::optional(*filter.error()) : std::nullopt;
    if (m_error) {
        if (m_error->problem == FilterProblem::UnknownHost)
            resolve(m_error->word);
        const QString still = m_inForce.isEmpty() ? tr("everything is shown") : tr("still shown: %1").arg(m_inForce);
        showProblem(tr("%1  (%2)", "what is wrong with the filter, what is shown meanwhile")
                        .arg(filterErrorText(*m_error, text), still));
        m_alert.start();
        return;
    }
    showProblem({});
    if (text == m_inForce)
        return;
    m_inForce = text;
    m_menu->setFilter(text);
    Q_EMIT changed();
}

/// Host names are looked up elsewhere, and the filter is read again when their addresses come.
void FilterBar::resolve(const std::string& host) {
    lookUpHost(host, this, [this, host](const std::vector<IpAddress>& addresses) {
        if (addresses.empty())
            return;
        auto names = std::make_shared<FilterNames>(*m_names);
        names->hosts[host] = addresses;
        m_names = std::move(names);
        read();
    });
}

void FilterBar::showProblem(const QString& text) {
    m_problem->setText(text);
    m_problemLine->setVisible(!text.isEmpty());
    m_field->setAccessibleDescription(text);
    if (text.isEmpty())
        m_alert.stop();
}

QString FilterBar::problem() const {
    return m_problemLine->isHidden() ? QString() : m_problem->text();
}

/// A name that no connection has, and what may have been meant.
void FilterBar::showHints(const Frame& frame) {
    if (m_error)
        return;
    QStringList hints;
    if (frame.query.filter == m_inForce.toStdString())
        for (const FilterHint& hint : frame.hints)
            hints.append(translated(sentenceOf(hint)));
    showProblem(hints.join(QLatin1Char(' ')));
}

void FilterBar::showCounts(const FramePtr& newest) {
    const Frame& frame = *newest;
    m_completer->setFrame(newest);
    const auto all = [&](Diagnosis d) { return frame.diagnoses[static_cast<std::size_t>(d)]; };
    std::uint32_t shown = 0;
    for (const Diagnosis diagnosis : kChips) {
        const std::uint32_t matching = frame.matching[static_cast<std::size_t>(diagnosis)];
        if (m_diagnoses == 0 || (m_diagnoses & bit(diagnosis)) != 0)
            shown += matching;
        const QString count =
            matching == all(diagnosis)
                ? locale().toString(matching)
                : QStringLiteral("%1/%2").arg(locale().toString(matching), locale().toString(all(diagnosis)));
        const auto text =
            tr("%1  %2", "a quick button: word, count").arg(capitalised(diagnosisLabel(diagnosis)), count);
        auto* chip = m_chips[static_cast<std::size_t>(diagnosis)];
        if (chip->text() != text)
            chip->setText(text);
    }
    const auto total = static_cast<std::uint32_t>(frame.liveCount());
    m_all->setText(
        tr("%1  %2", "a quick button: word, count").arg(quickFilterLabel(QuickFilter::All), locale().toString(total)));
    m_count->setText(isClear() ? QString()
                               : tr("%1 of %2", "connections shown, connections there are")
                                     .arg(locale().toString(shown), locale().toString(total)));
    showHints(frame);
}

bool FilterBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_field && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        m_field->clear();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace halfopen
